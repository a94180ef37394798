// Texts with less contrast to what is behind them than WCAG 2.2 AA wants, with the ratio.
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const weak = {};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const off = element.closest(":disabled, [aria-disabled=true]");
    if (!texts.currentNode.data.trim() || !box.width || !box.height || off) {
      continue;
    }
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.unshift(read(getComputedStyle(at).backgroundColor));
    }
    const behind = layers.reduce((below, top) => over(top, below), [255, 255, 255, 1]);
    const found = ratio(luminance(over(read(style.color), behind)), luminance(behind));
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5;
    if (found < wanted) {
      weak[`${element.tagName}.${element.className}`] = found.toFixed(2);
    }
  }
  return JSON.stringify(weak);
}
