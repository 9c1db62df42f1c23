import Graph from "graphology";
import Sigma from "sigma";
import {
  EdgeArrowProgram,
  EdgeLineProgram,
  EdgeRectangleProgram,
} from "sigma/rendering";
import { colours, onSchemeChange } from "./colours.js";
import { fill } from "./graph.js";
import { Focus } from "./focus.js";
import { listenToKeys } from "./keys.js";

// Above this many ties they are drawn as thin lines, and left out while the picture moves.
const MANY_TIES = 6000;

export async function begin(figure) {
  const words = JSON.parse(figure.dataset.words);
  const answer = fetchNetwork(figure);
  const picture = figure.querySelector(".network__picture");
  if (!canDraw()) return tell(figure, words.no_webgl);
  picture.hidden = false;
  figure.querySelector("[data-fault]").hidden = true;
  try {
    draw(figure, await answer, words);
  } catch (fault) {
    picture.hidden = true;
    tell(figure, words.failed);
    console.error(fault);
  }
}

async function fetchNetwork(figure) {
  const { network, credentials } = figure.dataset;
  const answer = await fetch(network, { credentials });
  if (!answer.ok) throw new Error(`${network} answered ${answer.status}`);
  return answer.json();
}

function canDraw() {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(gl);
}

function draw(figure, told, words) {
  const isLarge = told.ties.one.length > MANY_TIES;
  const graph = fill(new Graph({ type: "directed", multi: true }), told, {
    isLarge,
  });
  const renderer = new Sigma(graph, figure.querySelector(".network__canvas"), {
    ...settings(isLarge),
    ...painted(graph, told),
  });
  const focus = new Focus({ renderer, graph, figure, told, words });
  listen(renderer, focus);
  listenToZoom(figure, renderer);
  listenToKeys({ figure, renderer, graph, focus });
  onSchemeChange(() => {
    renderer.setSettings(painted(graph, told));
    focus.paint();
  });
  focus.paint();
  // The renderer has drawn when it is made; the next frame is on the screen.
  requestAnimationFrame(() => {
    figure.dataset.drawn = String(graph.order);
    performance.mark("network-drawn");
  });
}

function settings(isLarge) {
  return {
    defaultEdgeType: isLarge ? "line" : "arrow",
    edgeProgramClasses: {
      arrow: EdgeArrowProgram,
      both: EdgeRectangleProgram,
      line: EdgeLineProgram,
    },
    hideEdgesOnMove: isLarge,
    hideLabelsOnMove: isLarge,
    labelDensity: isLarge ? 0.35 : 0.8,
    labelGridCellSize: isLarge ? 160 : 130,
    labelRenderedSizeThreshold: innerWidth < 640 ? 10 : 8,
    defaultDrawNodeLabel: drawLabel,
    labelFont: getComputedStyle(document.body).fontFamily,
    labelSize: 13,
    stagePadding: 34,
    minCameraRatio: 0.02,
    maxCameraRatio: 2,
    zIndex: false,
    enableEdgeEvents: false,
    // The focus draws whoever is pointed at, with everyone they are tied to.
    defaultDrawNodeHover: () => {},
  };
}

// A name stands after its disc; near the right edge, before it.
function drawLabel(
  context,
  { x, y, size, label },
  { labelSize, labelFont, labelColor },
) {
  if (!label) return;
  context.fillStyle = labelColor.color;
  context.font = `${labelSize}px ${labelFont}`;
  const width = context.measureText(label).width;
  const isOutside = x + size + 4 + width > context.canvas.clientWidth;
  context.textAlign = "start";
  context.fillText(
    label,
    isOutside ? x - size - 4 - width : x + size + 4,
    y + labelSize / 3,
  );
}

// Colours are looked up as the picture is drawn, so that dark and light need no other graph.
function painted(graph, told) {
  const look = colours();
  const factors = told.factors.map((factor) => look.factors[factor]);
  return {
    labelColor: { color: look.ink },
    nodeReducer: (node, facts) => ({
      ...facts,
      color: factors[facts.factor] ?? look.faint,
    }),
    edgeReducer: (edge, facts) => ({
      ...facts,
      color: look.ties[facts.look.family],
    }),
  };
}

function listen(renderer, focus) {
  renderer.on("enterNode", ({ node }) => focus.point(node));
  renderer.on("leaveNode", () => focus.point(null));
  renderer.on("clickNode", ({ node }) => focus.choose(node));
  renderer.on("clickStage", () => focus.choose(null));
  renderer.on("afterRender", () => focus.paint());
}

function listenToZoom(figure, renderer) {
  const camera = renderer.getCamera();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  figure.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (!way) return;
    const { ratio } = camera.getState();
    const next = {
      in: { ratio: renderer.getCamera().getBoundedRatio(ratio / 1.6) },
      out: { ratio: renderer.getCamera().getBoundedRatio(ratio * 1.6) },
      all: { x: 0.5, y: 0.5, ratio: 1, angle: 0 },
    }[way];
    if (still.matches) camera.setState(next);
    else camera.animate(next, { duration: 140 });
  });
}

function tell(figure, sentence) {
  const fault = figure.querySelector("[data-fault]");
  fault.textContent = sentence;
  fault.hidden = false;
}
