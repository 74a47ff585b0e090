import { useLayoutEffect, useRef } from "react";
import css from "./Marked.module.css";

/**
 * Text with marks. The server has cleaned it and the page's policy lets nothing inline run; here
 * it is not put in as it is, but built anew: only these elements, with only these attributes.
 */
export function Marked({ of: html }: { of: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(...rebuilt(html));
  }, [html]);
  return <div ref={place} className={css.text} />;
}

const plain =
  "p br hr div span b strong i em u s strike del ins sub sup small big mark code pre kbd samp tt blockquote q h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption a img";
const elements = new Set(plain.split(" "));
const silent = new Set("script style title template svg math iframe object noscript head select textarea button".split(" "));
const attributes: Record<string, Record<string, RegExp>> = {
  a: { href: /^(?:https?:\/\/|mailto:|tel:)/i },
  img: { src: /^\/v1\/portal\/[a-z0-9-]+\/files\/\w+$/, alt: /^/, width: /^\d{1,4}$/, height: /^\d{1,4}$/ },
  ol: { start: /^\d{1,4}$/ },
  td: { colspan: /^\d{1,3}$/, rowspan: /^\d{1,3}$/ },
  th: { colspan: /^\d{1,3}$/, rowspan: /^\d{1,3}$/ },
};

/** The parser makes a document in which no script runs and no picture is fetched. */
function rebuilt(html: string): Node[] {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes].flatMap(copy);
}

function copy(node: Node): Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)];
  if (!(node instanceof Element) || silent.has(node.localName)) return [];
  const inside = [...node.childNodes].flatMap(copy);
  if (!elements.has(node.localName)) return inside;
  const made = document.createElement(node.localName);
  for (const [name, form] of Object.entries(attributes[node.localName] ?? {})) {
    const value = node.getAttribute(name);
    if (value !== null && form.test(value)) made.setAttribute(name, value);
  }
  if (made instanceof HTMLImageElement) return [made.hasAttribute("src") ? shown(made) : document.createTextNode(made.alt)];
  if (made instanceof HTMLAnchorElement) {
    made.target = "_blank";
    made.rel = "noopener noreferrer nofollow";
  }
  made.append(...inside);
  return [made];
}

function shown(image: HTMLImageElement): HTMLImageElement {
  image.loading = "lazy";
  image.alt ||= "";
  return image;
}
