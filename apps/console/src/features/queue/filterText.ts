/** One condition of the filter's text form: `status:open,pending`, `priority<=2`, `assignee:me`, or words. */
export interface Condition {
  field: string;
  operator: ":" | "<=" | ">=" | "<" | ">";
  value: string;
}

const token = /(-?[a-z_.]+)(:|<=|>=|<|>)("[^"]*"|\S+)|"([^"]*)"|(\S+)/giu;

/** Reads the text form. Loose words become one condition `words`. */
export function readFilter(text: string): Condition[] {
  const conditions: Condition[] = [];
  const words: string[] = [];
  for (const [, field, operator, value, quoted, word] of text.matchAll(token)) {
    if (field && operator && value !== undefined)
      conditions.push({ field, operator: operator as Condition["operator"], value: unquote(value) });
    else if (quoted ?? word) words.push(quoted ?? word ?? "");
  }
  if (words.length > 0) conditions.push({ field: "words", operator: ":", value: words.join(" ") });
  return conditions;
}

export function writeFilter(conditions: Condition[]): string {
  return conditions
    .filter((c) => c.value.trim() !== "")
    .map((c) => (c.field === "words" ? `"${c.value.replaceAll('"', "")}"` : `${c.field}${c.operator}${quote(c.value)}`))
    .join(" ");
}

/** Sets or replaces the condition on one field; an empty value removes it. */
export function withCondition(text: string, next: Condition): string {
  const rest = readFilter(text).filter((c) => c.field !== next.field);
  return writeFilter(next.value === "" ? rest : [...rest, next]);
}

export function withoutField(text: string, field: string): string {
  return writeFilter(readFilter(text).filter((c) => c.field !== field));
}

function quote(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1) : value;
}
