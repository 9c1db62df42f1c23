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
  const looks = told.ties_known.map((kind) => TIE_LOOKS[FAMILY[kind]]);
  ties.one.forEach((one, place) => {
    const look = looks[ties.kind[place]];
    graph.addDirectedEdgeWithKey(
      String(place),
      String(one),
      String(ties.other[place]),
      {
        kind: ties.kind[place],
        size: isLarge ? 0.5 : look.width,
        look,
        type: isLarge ? "line" : look.type,
      },
    );
  });
  return graph;
}

// What belongs together in a tie looks alike: by colour, by width, by arrow, and pointed at by dash.
const FAMILY = {
  "member-of": "belongs",
  "part-of": "belongs",
  "located-at": "belongs",
  owns: "money",
  funds: "money",
  supplies: "money",
  "educates-for": "knowledge",
  advises: "knowledge",
  "cooperates-with": "together",
  "researches-with": "together",
  "agreement-with": "together",
};
const TIE_LOOKS = {
  belongs: { family: "belongs", type: "arrow", width: 1.4, dash: [2, 4] },
  money: { family: "money", type: "arrow", width: 3.2, dash: [] },
  knowledge: { family: "knowledge", type: "arrow", width: 2.2, dash: [9, 4] },
  together: { family: "together", type: "both", width: 1.6, dash: [] },
};
