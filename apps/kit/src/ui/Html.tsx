import DOMPurify from "dompurify";
import { useLayoutEffect, useRef } from "react";
import css from "./Html.module.css";

/**
 * Text with marks that the server has already cleaned. It is cleaned again here, without inline
 * styles, forms or frames, and put in as nodes; its links open elsewhere and tell nobody from where.
 */
export function Html({ of: html }: { of: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(clean(html));
  }, [html]);
  return <div ref={place} className={css.html} />;
}

const rules = {
  RETURN_DOM_FRAGMENT: true as const,
  USE_PROFILES: { html: true },
  FORBID_ATTR: ["style", "class", "id", "name"],
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "video", "audio", "iframe"],
  ALLOW_DATA_ATTR: false,
};

function clean(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, rules);
  for (const link of fragment.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
  }
  for (const image of fragment.querySelectorAll("img")) {
    image.loading = "lazy";
    image.alt ||= "";
  }
  return fragment;
}
