/* Texts in figures that stand out too little from what is drawn below them (WCAG 2.2, 1.4.3), as a list of sentences.
   axe-core looks only at texts outside figures. */
() => {
  const LEAST = 4.5, LEAST_LARGE = 3, LARGE = 24; // pixels
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const parsed = (colour) => /^rgb/.test(colour) ? [...numbers(colour), 1].slice(0, 4) : [0, 0, 0, 0];
  const onto = ([r, g, b, a], below) => [r, g, b].map((part, at) => part * a + below[at] * (1 - a));
  const light = (colour) => colour.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const opacity = (element) => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;

  /* Colour of the page behind an element: what its boxes are filled with, over a white or dark canvas. */
  const ground = (element) => {
    if (!element) return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    return onto(parsed(getComputedStyle(element).backgroundColor), ground(element.parentElement));
  };

  const found = [];
  for (const text of document.querySelectorAll("svg text")) {
    if (!text.textContent.trim() || !text.checkVisibility()) continue;
    const svg = text.ownerSVGElement;
    const box = text.getBBox();
    const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(text.getScreenCTM());
    let below = ground(svg);
    for (const shape of svg.querySelectorAll("rect, circle, ellipse, path, polygon")) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) || shape.closest("defs, marker")) continue;
      const style = getComputedStyle(shape);
      if (!/^rgb/.test(style.fill)) continue;
      if (!shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()))) continue;
      const [r, g, b, a] = parsed(style.fill);
      below = onto([r, g, b, a * style.fillOpacity * opacity(shape)], below);
    }
    const style = getComputedStyle(text);
    const [r, g, b, a] = parsed(style.fill);
    const stands = ratio(onto([r, g, b, a * style.fillOpacity * opacity(text)], below), below);
    const least = parseFloat(style.fontSize) >= LARGE ? LEAST_LARGE : LEAST;
    if (stands < least) found.push(`too faint (${stands.toFixed(1)}): ${text.textContent.trim().slice(0, 60)}`);
  }
  return [...new Set(found)];
}
