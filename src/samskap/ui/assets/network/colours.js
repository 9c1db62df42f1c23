// The tokens' colours as a canvas can use them. A probe resolves light-dark() for us.
const FACTORS = [
  "public-authority",
  "entrepreneurship",
  "research-education",
  "business",
  "capital",
];

const TIES = ["belongs", "money", "knowledge", "together"];

let known = null;

export function colours() {
  known ??= readColours();
  return known;
}

export function onSchemeChange(then) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    known = null;
    then();
  });
}

function readColours() {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const read = (token) => {
    probe.style.color = `var(${token})`;
    return asHex(getComputedStyle(probe).color);
  };
  const look = {
    ink: read("--ink"),
    paper: read("--surface"),
    faint: read("--ink-faint"),
    onFactor: read("--on-factor"),
    ties: Object.fromEntries(
      TIES.map((family) => [family, read(`--network-${family}`)]),
    ),
    factors: Object.fromEntries(
      FACTORS.map((factor) => [factor, read(`--factor-${factor}`)]),
    ),
  };
  probe.remove();
  return look;
}

// Sigma reads #rrggbb and rgb(); a browser may answer with color(srgb …).
function asHex(written) {
  const parts = written.match(/[\d.]+/g).map(Number);
  const scale = written.startsWith("color(") ? 255 : 1;
  const hex = parts.slice(0, 3).map((part) =>
    Math.round(part * scale)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}
