const DIRECTIONS = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

// The same by keyboard: arrows go to the nearest that way, Enter opens, Escape lets go.
export function listenToKeys({ figure, renderer, graph, focus }) {
  const canvas = figure.querySelector(".network__canvas");
  canvas.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way = DIRECTIONS[event.key];
    if (way) go(way);
    else if (event.key === "Enter" && focus.chosen) open(focus.chosen);
    else if (event.key === "Escape" && focus.chosen) focus.choose(null);
    else if (event.key === "+" || event.key === "=") zoom("in");
    else if (event.key === "-") zoom("out");
    else if (event.key === "0") zoom("all");
    else return;
    event.preventDefault();
  });

  function go([dx, dy]) {
    const next = focus.chosen === null ? most() : nearest(focus.chosen, dx, dy);
    if (next !== null) focus.choose(next);
  }

  // One begins with whoever has the most ties.
  function most() {
    let found = null;
    graph.forEachNode((node) => {
      if (found === null || graph.degree(node) > graph.degree(found))
        found = node;
    });
    return found;
  }

  function nearest(from, dx, dy) {
    const here = focus.spot(from);
    let best = Infinity;
    let found = null;
    graph.forEachNode((node) => {
      if (node === from) return;
      const { x, y } = focus.spot(node);
      const along = (x - here.x) * dx + (y - here.y) * dy;
      const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
      const cost = along + 2 * aside;
      if (along > 0.5 && aside <= 2 * along && cost < best)
        [best, found] = [cost, node];
    });
    return found;
  }

  function open(node) {
    location.assign(focus.panel.address(focus.told.actors.slug[node]));
  }

  function zoom(way) {
    figure.querySelector(`[data-zoom="${way}"]`).click();
  }
}
