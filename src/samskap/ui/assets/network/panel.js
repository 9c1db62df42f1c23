const SHOWN = 8;

// Whoever was clicked: who it is, and the first of those it is tied to, each with a way on.
export class Panel {
  constructor({ figure, graph, told, words, close }) {
    Object.assign(this, { graph, told, words, close });
    this.box = figure.querySelector(".network__panel");
    this.address = (slug) => figure.dataset.actor.replace("actor-0", slug);
  }

  show(node) {
    this.box.hidden = node === null;
    this.box.replaceChildren(...(node === null ? [] : this.content(node)));
  }

  content(node) {
    const ties = this.ties(node);
    const head = element("p", { class: "network__who" }, [this.link(node)]);
    const about = element("p", { class: "small soft" }, [this.about(node)]);
    const list = element(
      "ul",
      {},
      ties
        .slice(0, SHOWN)
        .map(({ words, other }) =>
          element("li", {}, [`${words} `, this.link(other)]),
        ),
    );
    const more = ties.length - SHOWN;
    const rest =
      more > 0
        ? [element("p", { class: "small" }, [say(this.words.and_more, more)])]
        : [];
    const close = element(
      "button",
      {
        type: "button",
        class: "ds-button",
        "data-variant": "tertiary",
        "data-size": "sm",
      },
      [this.words.close],
    );
    close.addEventListener("click", this.close);
    return [head, about, list, ...rest, close];
  }

  about(node) {
    const factors = this.told.actors.factors[node].map(
      (place) => this.words.factors[this.told.factors[place]][1],
    );
    return [...factors, this.count(node)].join(" · ");
  }

  count(node) {
    const count = this.told.actors.degree[node];
    if (count === 0) return this.words.none;
    return say(count === 1 ? this.words.one_tie : this.words.many_ties, count);
  }

  sentence(node) {
    const said = this.ties(node)
      .slice(0, SHOWN)
      .map(({ words, other }) => `${words} ${this.told.actors.name[other]}`);
    return `${this.told.actors.name[node]}: ${[this.about(node), ...said].join(". ")}`;
  }

  // What the actor is to each of the others, from its own side.
  ties(node) {
    return this.graph.mapEdges(node, (edge, facts, source, target) => {
      const [from, back, isMutual] =
        this.words.ties[this.told.ties_known[facts.kind]];
      const isFirst = source === node;
      return {
        words: isFirst || isMutual ? from : back,
        other: isFirst ? target : source,
      };
    });
  }

  link(node) {
    const { slug, name } = this.told.actors;
    return element("a", { href: this.address(slug[node]) }, [name[node]]);
  }
}

function element(name, attributes, children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function say(sentence, count) {
  return sentence.replace("%s", String(count));
}
