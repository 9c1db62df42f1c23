import { colours } from "./colours.js";
import { Panel } from "./panel.js";

// From this radius on a disc has room for its letter.
const ROOM_FOR_A_LETTER = 6;
const NAMED = 12;

// Letters in the discs, and whoever is pointed at with those they are tied to: painted over the
// picture, so that pointing never draws the picture itself anew.
export class Focus {
  constructor({ renderer, graph, figure, told, words }) {
    Object.assign(this, { renderer, graph, figure, told, words });
    this.letters = told.factors.map((factor) => words.factors[factor][0]);
    this.panel = new Panel({
      figure,
      graph,
      told,
      words,
      close: () => this.choose(null),
    });
    this.said = figure.querySelector("[data-said]");
    // Letters lie in the discs, beneath the names; the focus lies over everything.
    this.letterLayer = renderer
      .createCanvas("letters", { beforeLayer: "labels" })
      .getContext("2d");
    this.focusLayer = renderer
      .createCanvas("focus", { beforeLayer: "mouse" })
      .getContext("2d");
    this.context = this.letterLayer;
    this.pointed = null;
    this.chosen = null;
  }

  get node() {
    return this.pointed ?? this.chosen;
  }

  point(node) {
    this.pointed = node;
    this.paint();
    this.figure.toggleAttribute("data-pointed", node !== null);
  }

  choose(node) {
    this.chosen = node;
    this.panel.show(node);
    if (node) this.said.textContent = this.panel.sentence(node);
    this.paint();
  }

  paint() {
    const size = this.renderer.getDimensions();
    const look = colours();
    for (const layer of [this.letterLayer, this.focusLayer]) clear(layer, size);
    this.context = this.letterLayer;
    this.paintLetters(look, size);
    this.context = this.focusLayer;
    if (this.node !== null) this.paintFocus(look, size);
  }

  spot(node) {
    const facts = this.renderer.getNodeDisplayData(node);
    const at = this.renderer.framedGraphToViewport(facts);
    return {
      ...at,
      radius: this.renderer.scaleSize(facts.size),
      colour: facts.color,
    };
  }

  paintLetters(look, { width, height }) {
    const { ratio } = this.renderer.getCamera().getState();
    if (this.graph.order > 2500 && ratio > 0.4) return;
    this.graph.forEachNode((node, facts) => {
      const spot = this.spot(node);
      if (spot.radius < ROOM_FOR_A_LETTER) return;
      if (spot.x < 0 || spot.y < 0 || spot.x > width || spot.y > height) return;
      this.letter(spot, facts, look);
    });
  }

  paintFocus(look, { width, height }) {
    const { context, graph, node } = this;
    context.globalAlpha = 0.82;
    context.fillStyle = look.paper;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    const middle = this.spot(node);
    const others = graph.neighbors(node);
    graph.forEachEdge(node, (edge, facts, source, target) =>
      this.tie(middle, source === node ? target : source, facts.look, look),
    );
    context.setLineDash([]);
    for (const other of others) this.disc(other, look);
    this.disc(node, look, { isMiddle: true });
    const named = others
      .toSorted((one, other) => graph.degree(other) - graph.degree(one))
      .slice(0, NAMED);
    for (const each of named) this.name(each, look);
    this.name(node, look, { isMiddle: true });
  }

  tie(middle, other, { family, width, dash }, look) {
    const { context } = this;
    const spot = this.spot(other);
    context.strokeStyle = look.ties[family];
    context.lineWidth = Math.max(1.5, width * 0.8);
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(middle.x, middle.y);
    context.lineTo(spot.x, spot.y);
    context.stroke();
  }

  disc(node, look, { isMiddle = false } = {}) {
    const spot = this.spot(node);
    const radius = Math.max(spot.radius, isMiddle ? 9 : 4);
    const { context } = this;
    context.beginPath();
    context.arc(spot.x, spot.y, radius, 0, 2 * Math.PI);
    context.fillStyle = spot.colour;
    context.fill();
    if (isMiddle) {
      context.strokeStyle = look.ink;
      context.lineWidth = 2.5;
      context.stroke();
    }
    if (radius >= ROOM_FOR_A_LETTER) {
      this.letter(
        { ...spot, radius },
        this.graph.getNodeAttributes(node),
        look,
      );
    }
  }

  letter({ x, y, radius }, facts, look) {
    const letter = this.letters[facts.factor];
    if (!letter) return;
    const { context } = this;
    context.fillStyle = look.onFactor;
    context.font = `700 ${Math.round(radius * 1.25)}px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(letter, x, y + radius * 0.06);
  }

  name(node, look, { isMiddle = false } = {}) {
    const { context } = this;
    const { x, y, radius } = this.spot(node);
    context.font = `${isMiddle ? 700 : 500} 13px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "start";
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = look.paper;
    const label = this.graph.getNodeAttribute(node, "label");
    const aside = Math.max(radius, isMiddle ? 9 : 4) + 4;
    const width = context.measureText(label).width;
    const isOutside = x + aside + width > this.renderer.getDimensions().width;
    const start = isOutside ? x - aside - width : x + aside;
    context.strokeText(label, start, y);
    context.fillStyle = look.ink;
    context.fillText(label, start, y);
  }
}

function clear(context, { width, height }) {
  const { canvas } = context;
  const pixels = window.devicePixelRatio || 1;
  if (canvas.width !== width * pixels || canvas.height !== height * pixels) {
    canvas.width = width * pixels;
    canvas.height = height * pixels;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(pixels, 0, 0, pixels, 0, 0);
  context.clearRect(0, 0, width, height);
}
