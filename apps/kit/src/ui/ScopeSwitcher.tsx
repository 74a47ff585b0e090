import * as Ariakit from "@ariakit/react";
import { ChevronDown, LayoutGrid } from "lucide-react";
import { cx } from "../look/cx.ts";
import { floating } from "../look/floats.ts";
import type { TenantFace } from "../look/tenant.ts";
import { useWords } from "../words/useWords.ts";
import button from "./Button.module.css";
import float from "./float.module.css";
import { Icon } from "./Icon.tsx";
import { Kbd } from "./Kbd.tsx";
import css from "./Palette.module.css";
import { TenantTile } from "./Tenant.tsx";
import words from "./words.json";

export interface ScopeSwitcherProps {
  tenants: readonly (TenantFace & { pin: number | null; counts?: { open: number } })[];
  /** A slug, or `all`. */
  scope: string;
  onChange: (scope: string) => void;
}

/** Whose tickets the lists show: all customers, or one. It filters lists and changes nothing else. */
export function ScopeSwitcher({ tenants, scope, onChange }: ScopeSwitcherProps) {
  const t = useWords(words);
  const chosen = tenants.find((one) => one.slug === scope);
  const name = chosen ? chosen.name : t("allCustomers");
  const digit = chosen ? chosen.pin : 0;
  return (
    <Ariakit.SelectProvider value={scope} setValue={(next: string) => onChange(next)} placement="bottom-start">
      <Ariakit.Select className={cx(button.btn, css.scope)} aria-label={t("scope", { name })}>
        {chosen ? <TenantTile tenant={chosen} /> : <Icon of={LayoutGrid} />}
        <span className={css.name}>{name}</span>
        {digit !== null && <Kbd combo={`Digit${digit}`} />}
        <Icon of={ChevronDown} size={14} />
      </Ariakit.Select>
      <Ariakit.SelectPopover gutter={4} sameWidth className={float.panel} {...floating}>
        <Ariakit.SelectItem value="all" className={float.item}>
          <Icon of={LayoutGrid} />
          <span className={float.label}>{t("allCustomers")}</span>
          <span className={float.end}>
            <Kbd combo="Digit0" />
          </span>
        </Ariakit.SelectItem>
        {tenants.map((tenant) => (
          <Ariakit.SelectItem key={tenant.slug} value={tenant.slug} className={float.item}>
            <TenantTile tenant={tenant} />
            <span className={float.label}>{tenant.name}</span>
            <span className={float.end}>
              {tenant.counts?.open}
              {tenant.pin !== null && <Kbd combo={`Digit${tenant.pin}`} />}
            </span>
          </Ariakit.SelectItem>
        ))}
      </Ariakit.SelectPopover>
    </Ariakit.SelectProvider>
  );
}
