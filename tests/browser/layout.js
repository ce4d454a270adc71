/* What is wrong with how a page is laid out, as a list of sentences: a page that scrolls sideways, texts that are cut,
   that leave their box or their figure, or that lie over each other. Called with { onPaper }. */
({ onPaper }) => {
  const SLACK = 1; // pixels that rounding may take
  const LEADING = 0.25; // of a line's height at its top and bottom that holds no ink
  const found = [];
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const root = document.documentElement;

  if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways: ${root.scrollWidth} of ${root.clientWidth}`);

  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest("title, desc, style");
  const scrolls = (element) => !onPaper && /auto|scroll/.test(getComputedStyle(element).overflowX);
  const scroller = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) if (scrolls(at)) return at;
    return null;
  };

  // Boxes that hide what does not fit.
  for (const element of document.querySelectorAll("*")) {
    if (element instanceof SVGElement || element === root || element === document.body || !shown(element)) continue;
    const style = getComputedStyle(element);
    const hides = (overflow) => /hidden|clip/.test(overflow);
    const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + SLACK;
    const tall = hides(style.overflowY) && element.scrollHeight > element.clientHeight + SLACK;
    if ((wide || tall) && element.textContent.trim()) found.push(`cut: ${short(element.textContent)}`);
  }

  // Every line of every text outside figures.
  const lines = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent instanceof SVGElement || !shown(parent)) continue;
    let box = parent;
    while (getComputedStyle(box).display.startsWith("inline") && box.parentElement) box = box.parentElement;
    const edges = box.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.height < 1) continue;
      lines.push({ text: short(node.data), left: line.left, right: line.right, top: line.top, bottom: line.bottom, leading: LEADING });
      const sideways = scroller(parent);
      if (box !== sideways && (line.left < edges.left - SLACK || line.right > edges.right + SLACK))
        found.push(`leaves its box: ${short(node.data)}`);
      if (!sideways && (line.left < -SLACK || line.right > root.clientWidth + SLACK))
        found.push(`leaves the page: ${short(node.data)}`);
    }
  }

  // Figures: a text lies whole within one slice of its figure, and over no other. For the texts around, each is a box.
  const inside = (svg) => {
    const within = [];
    for (const text of svg.querySelectorAll("text")) {
      if (!text.textContent.trim() || !shown(text)) continue;
      const box = text.getBBox();
      const to = svg.getScreenCTM().inverse().multiply(text.getScreenCTM());
      const corners = [0, 1].flatMap((i) => [0, 1].map((j) =>
        new DOMPoint(box.x + i * box.width, box.y + j * box.height).matrixTransform(to)));
      const [xs, ys] = [corners.map((one) => one.x), corners.map((one) => one.y)];
      within.push({ text: short(text.textContent), leading: LEADING,
        left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) });
    }
    return within;
  };
  const figures = [...document.querySelectorAll("svg")].filter((svg) => !svg.parentElement?.closest("svg") && shown(svg));
  for (const svg of figures) {
    const slices = [svg];
    while (slices.at(-1).nextElementSibling?.matches("svg[aria-hidden]:has(use)")) slices.push(slices.at(-1).nextElementSibling);
    const holes = slices.map((slice) => slice.viewBox.baseVal);
    const texts = inside(svg);
    for (const text of texts) {
      const fits = (hole) => text.left >= hole.x - SLACK && text.right <= hole.x + hole.width + SLACK
        && text.top >= hole.y - SLACK && text.bottom <= hole.y + hole.height + SLACK;
      if (!holes.some(fits)) found.push(`leaves its figure: ${text.text}`);
    }
    over(texts);
    const edges = svg.getBoundingClientRect();
    if (svg !== root) lines.push({ text: `figure ${short(svg.querySelector("title")?.textContent ?? "")}`, leading: 0,
      left: edges.left, right: edges.right, top: edges.top, bottom: edges.bottom });
  }
  over(lines);

  // Pairs that lie over each other, found from top to bottom.
  function over(boxes) {
    const inks = boxes.map((box) => ({ ...box, top: box.top + box.leading * (box.bottom - box.top),
      bottom: box.bottom - box.leading * (box.bottom - box.top) })).sort((a, b) => a.top - b.top);
    inks.forEach((one, at) => {
      for (let next = at + 1; next < inks.length && inks[next].top < one.bottom - SLACK; next++) {
        const other = inks[next];
        if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK)
          found.push(`over each other: ${one.text} | ${other.text}`);
      }
    });
  }

  return [...new Set(found)];
}
