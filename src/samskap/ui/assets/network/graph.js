// From columns to a graph. Whoever has no place yet stands in a row beneath the picture.
const ROW = 40;

export function fill(graph, told, { isLarge }) {
  const { actors, ties } = told;
  let waiting = 0;
  const least = isLarge ? 1.6 : 6.2;
  actors.slug.forEach((slug, place) => {
    const isPlaced = actors.x[place] !== null;
    graph.addNode(String(place), {
      x: isPlaced ? actors.x[place] : (waiting % ROW) / ROW,
      y: isPlaced ? actors.y[place] : -0.05 - 0.03 * Math.floor(waiting / ROW),
      size:
        least +
        Math.min(12, Math.sqrt(actors.degree[place]) * (isLarge ? 0.55 : 1.5)),
      label: actors.name[place],
      factor: actors.factors[place][0] ?? -1,
    });
    if (!isPlaced) waiting += 1;
  });
  const mutual = told.ties_known.map((kind) => MUTUAL.has(kind));
  ties.one.forEach((one, place) => {
    const isMutual = mutual[ties.kind[place]];
    graph.addDirectedEdgeWithKey(
      String(place),
      String(one),
      String(ties.other[place]),
      {
        kind: ties.kind[place],
        size: isLarge ? 0.5 : isMutual ? 1.2 : 2,
        isMutual,
        type: isLarge ? "line" : isMutual ? "both" : "arrow",
      },
    );
  });
  return graph;
}

const MUTUAL = new Set([
  "cooperates-with",
  "researches-with",
  "agreement-with",
]);
