import * as Ariakit from "@ariakit/react";
import { Check, X } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "../look/cx.ts";
import { floating } from "../look/floats.ts";
import { useWords } from "../words/useWords.ts";
import css from "./Field.module.css";
import { useField } from "./Field.tsx";
import float from "./float.module.css";
import { Icon } from "./Icon.tsx";
import type { Option } from "./Select.tsx";
import words from "./words.json";

interface Common {
  /** All there is (filtered here), or a way to ask the server as the person types. */
  options?: readonly Option[];
  load?: (query: string, signal: AbortSignal) => Promise<readonly Option[]>;
  placeholder?: string;
  size?: "sm" | "md";
  "aria-label"?: string;
  disabled?: boolean;
}

export interface ComboboxProps extends Common {
  value: Option | null;
  onChange: (value: Option | null) => void;
}

export interface MultiComboboxProps extends Common {
  value: readonly Option[];
  onChange: (value: Option[]) => void;
  /** Makes a new option of what was typed: tags. */
  create?: (text: string) => Option;
}

/** One choice out of many, by typing. */
export function Combobox({ value, onChange, options, load, placeholder, size = "md", disabled, ...rest }: ComboboxProps) {
  const [query, setQuery] = useState<string | null>(null);
  const found = useFound(query ?? "", options, load);
  const { "aria-labelledby": _name, ...links } = useField();
  const choose = (id: string) => {
    const option = found.items.find((one) => one.value === id);
    if (option) onChange(option);
    setQuery(null);
  };
  return (
    <Ariakit.ComboboxProvider
      value={query ?? value?.label ?? ""}
      setValue={(text) => setQuery(text)}
      selectedValue={value?.value ?? ""}
      setSelectedValue={(id: string) => choose(id)}
      resetValueOnHide={false}
      setOpen={(open) => !open && setQuery(null)}
      placement="bottom-start"
    >
      <div className={cx(css.box, size === "md" && css.md)}>
        {query === null && value?.mark}
        <Ariakit.Combobox
          {...links}
          {...rest}
          placeholder={placeholder}
          disabled={disabled}
          autoSelect
          onFocus={(event) => event.currentTarget.select()}
        />
        {value && !disabled && <Clear onClear={() => onChange(null)} />}
      </div>
      <List found={found} chosen={value ? [value.value] : []} />
    </Ariakit.ComboboxProvider>
  );
}

/** Several choices out of many. Backspace in the empty box takes the last away. */
export function MultiCombobox({ value, onChange, options, load, create, placeholder, size = "sm", disabled, ...rest }: MultiComboboxProps) {
  const t = useWords(words);
  const [query, setQuery] = useState("");
  const found = useFound(query, options, load);
  const { "aria-labelledby": _name, ...links } = useField();
  const text = query.trim();
  const fresh = create && text && !found.items.some((one) => one.label.toLowerCase() === text.toLowerCase()) ? create(text) : null;
  const items = fresh ? [...found.items, fresh] : found.items;
  const choose = (ids: string[]) => {
    const known = [...value, ...items];
    onChange(ids.flatMap((id) => known.find((one) => one.value === id) ?? []));
    setQuery("");
  };
  return (
    <Ariakit.ComboboxProvider
      value={query}
      setValue={setQuery}
      selectedValue={value.map((one) => one.value)}
      setSelectedValue={(ids: string[]) => choose(ids)}
      placement="bottom-start"
    >
      <div className={cx(css.box, css.chips, size === "md" && css.md)}>
        {value.map((one) => (
          <span key={one.value} className={css.chip}>
            {one.label}
            <button
              type="button"
              aria-label={t("removeChoice", { name: one.label })}
              onClick={() => onChange(value.filter((other) => other !== one))}
              disabled={disabled}
            >
              <Icon of={X} size={12} />
            </button>
          </span>
        ))}
        <Ariakit.Combobox
          {...links}
          {...rest}
          placeholder={value.length === 0 ? placeholder : undefined}
          disabled={disabled}
          autoSelect
          onKeyDown={(event) => {
            if (event.key === "Backspace" && query === "" && value.length > 0) onChange(value.slice(0, -1));
          }}
        />
      </div>
      <List found={{ ...found, items }} chosen={value.map((one) => one.value)} />
    </Ariakit.ComboboxProvider>
  );
}

function List({ found, chosen }: { found: Found; chosen: readonly string[] }) {
  const t = useWords(words);
  return (
    <Ariakit.ComboboxPopover gutter={4} sameWidth className={float.panel} {...floating}>
      {found.items.map((option) => (
        <Ariakit.ComboboxItem
          key={option.value}
          value={option.value}
          setValueOnClick={false}
          disabled={option.disabled}
          className={float.item}
        >
          {option.mark}
          <span className={float.label}>
            {option.label}
            {option.hint && <span className={float.hint}>{option.hint}</span>}
          </span>
          {chosen.includes(option.value) && (
            <span className={float.end}>
              <Icon of={Check} />
            </span>
          )}
        </Ariakit.ComboboxItem>
      ))}
      {found.items.length === 0 && <div className={float.quiet}>{found.busy ? t("searching") : t("nothingFound")}</div>}
    </Ariakit.ComboboxPopover>
  );
}

function Clear({ onClear }: { onClear: () => void }) {
  const t = useWords(words);
  return (
    <button type="button" aria-label={t("clear")} onClick={onClear}>
      <Icon of={X} size={14} />
    </button>
  );
}

interface Found {
  items: readonly Option[];
  busy: boolean;
}

/** Filters what there is, or asks 150 ms after the last key; an answer that is late is dropped. */
export function useFound(query: string, options: readonly Option[] | undefined, load: Common["load"]): Found {
  const [answer, setAnswer] = useState<Found>({ items: [], busy: Boolean(load) });
  useEffect(() => {
    if (!load) return;
    const flight = new AbortController();
    setAnswer((old) => ({ ...old, busy: true }));
    const timer = setTimeout(() => {
      load(query, flight.signal)
        .then((items) => flight.signal.aborted || setAnswer({ items, busy: false }))
        .catch(() => flight.signal.aborted || setAnswer({ items: [], busy: false }));
    }, 150);
    return () => {
      clearTimeout(timer);
      flight.abort();
    };
  }, [query, load]);
  if (load) return answer;
  const wanted = fold(query);
  return { items: (options ?? []).filter((one) => !wanted || fold(`${one.label} ${one.hint ?? ""}`).includes(wanted)), busy: false };
}

function fold(text: string): string {
  return text.trim().toLowerCase().replaceAll("ё", "е");
}
