/** The words of a cleaned message, for one-line previews: paragraphs become spaces. */
export function plainText(html: string): string {
  const parsed = new DOMParser().parseFromString(html.replaceAll(/<(\/p|br|\/div|\/li)[^>]*>/g, "$& "), "text/html");
  return (parsed.body.textContent ?? "").replaceAll(/\s+/g, " ").trim();
}
