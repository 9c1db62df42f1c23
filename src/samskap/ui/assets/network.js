// The network's picture. The page's tables say the same, with or without this.
import { begin } from "./network/begin.js";

for (const figure of document.querySelectorAll("figure[data-network]")) {
  if (figure.querySelector(".network__canvas")) begin(figure);
}
