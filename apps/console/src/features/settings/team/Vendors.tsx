import type { MyTenant } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Plus, Wrench } from "lucide-react";
import { useState } from "react";
import { FormDialog } from "../FormDialog.tsx";
import { Loaded } from "../Section.tsx";
import settings from "../Settings.module.css";
import { useTold } from "../useTold.ts";
import { useAddVendor, useChangeVendor, type Vendor, vendorsQuery } from "./calls.ts";
import css from "./Team.module.css";
import words from "./words.json";

/** Third parties that work is given to. */
export function Vendors({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const f = useFormats();
  const told = useTold();
  const vendors = useQuery(vendorsQuery(tenant.slug));
  const change = useChangeVendor(tenant.slug);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Vendor | null>(null);
  const may = tenant.abilities.includes("member.manage");
  const all = vendors.data ?? [];
  return (
    <div className={css.view}>
      {may && (
        <div className={css.bar}>
          <Button kind="primary" icon={Plus} onClick={() => setAdding(true)}>
            {t("vendors.new")}
          </Button>
        </div>
      )}
      <Loaded of={vendors}>
        {all.length === 0 ? (
          <EmptyState icon={Wrench} title={t("vendors.empty")}>
            {t("vendors.empty.why")}
          </EmptyState>
        ) : (
          <ul className={`${settings.list} ${css.plain}`}>
            {all.map((one) => (
              <li key={one.id} className={settings.item}>
                <div>
                  <b>{one.name}</b>
                  <p>
                    {one.ended_at
                      ? t("vendors.ended", { at: f.date(one.ended_at) })
                      : `${t("vendors.engineers", { n: one.engineers })} · ${t("vendors.open", { n: one.open })}`}
                  </p>
                </div>
                {may &&
                  (one.ended_at ? (
                    <Button onClick={() => change.mutate({ id: one.id, ended: false }, told(t("saved", { name: one.name })))}>
                      {t("vendors.again")}
                    </Button>
                  ) : (
                    <Button onClick={() => setEnding(one)}>{t("vendors.end")}</Button>
                  ))}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {adding && <VendorForm tenant={tenant.slug} onClose={() => setAdding(false)} />}
      {ending && (
        <Dialog
          open
          kind="alert"
          onClose={() => setEnding(null)}
          title={t("vendors.sure", { name: ending.name })}
          actions={
            <>
              <Button onClick={() => setEnding(null)}>{t("cancel")}</Button>
              <Button
                kind="danger"
                busy={change.isPending}
                onClick={() => {
                  change.mutate({ id: ending.id, ended: true }, told(t("vendors.done", { name: ending.name })));
                  setEnding(null);
                }}
              >
                {t("vendors.end")}
              </Button>
            </>
          }
        >
          <p>{t("vendors.means")}</p>
        </Dialog>
      )}
    </div>
  );
}

function VendorForm({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useWords(words);
  const [name, setName] = useState("");
  const add = useAddVendor(tenant);
  const problem = isProblem(add.error) ? add.error : undefined;
  const submit = () => add.mutate(name, { onSuccess: onClose });
  return (
    <FormDialog title={t("vendors.new")} action={t("add")} busy={add.isPending} error={add.error} onSubmit={submit} onClose={onClose}>
      <Field label={t("vendors.name")} error={problem?.field("name")} required>
        <Input value={name} onChange={(event) => setName(event.target.value)} required />
      </Field>
    </FormDialog>
  );
}
