import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Tabs } from "@manydesk/kit/ui/Tabs";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { ListChecks, Plus, TextCursorInput } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { SettingLine } from "../drafting/SettingLine.tsx";
import { latest } from "../drafting/setting.ts";
import { settingsQuery, useSettings } from "../drafting/useSettings.ts";
import { Loaded, Section } from "../Section.tsx";
import { SortableList } from "../sla/SortableList.tsx";
import { useTold } from "../useTold.ts";
import { FieldPage } from "./FieldPage.tsx";
import { NewDialog } from "./NewDialog.tsx";
import { blankField, type Field, type TicketField, type TicketType, type TicketTypeSpec } from "./spec.ts";
import { TypePage } from "./TypePage.tsx";
import words from "./words.json";

/** What kinds of tickets a tenant has, and what the form of each asks. */
export function Types({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const { slug } = tenant;
  const types = useQuery(settingsQuery<TicketTypeSpec>(slug, "ticket-types"));
  const fields = useQuery(settingsQuery<TicketField>(slug, "fields"));
  const makesType = useSettings<TicketTypeSpec>(slug, "ticket-types").create;
  const makesField = useSettings<TicketField>(slug, "fields").create;
  const [tab, setTab] = useState<"types" | "fields">("types");
  const [making, setMaking] = useState<"types" | "fields" | null>(null);
  const [openType, setOpenType] = useState<string | null>(null);
  const [openField, setOpenField] = useState<string | null>(null);
  const readOnly = !tenant.abilities.includes("settings.edit");
  const field = fields.data?.find((one) => one.key === openField);
  const type = types.data?.find((one) => one.key === openType);
  if (field) return <FieldPage key={field.key} tenant={slug} field={field} readOnly={readOnly} onBack={() => setOpenField(null)} />;
  if (type && fields.data) {
    return (
      <TypePage
        key={type.key}
        tenant={slug}
        type={type}
        fields={fields.data}
        readOnly={readOnly}
        onField={setOpenField}
        onBack={() => setOpenType(null)}
      />
    );
  }
  const add = (
    <Button icon={Plus} onClick={() => setMaking(tab)}>
      {t(tab === "types" ? "new" : "field.new")}
    </Button>
  );
  const opened = (open: () => void) => {
    setMaking(null);
    open();
  };
  const query = tab === "types" ? types : fields;
  const some = (query.data?.length ?? 0) > 0;
  return (
    <Section title={t("title")} lead={t("lead")} action={!readOnly && some && add}>
      <Tabs
        label={t("views")}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: "types", label: t("tab.types"), count: types.data?.length },
          { id: "fields", label: t("tab.fields"), count: fields.data?.length },
        ]}
      >
        {tab === "types" ? (
          <Loaded of={types}>
            {some ? (
              <TypeList tenant={slug} types={types.data ?? []} fields={fields.data ?? []} readOnly={readOnly} onOpen={setOpenType} />
            ) : (
              <EmptyState icon={ListChecks} title={t("none")} actions={!readOnly && add}>
                {t("none.text")}
              </EmptyState>
            )}
          </Loaded>
        ) : (
          <Loaded of={fields}>
            {some ? (
              <FieldList fields={fields.data ?? []} onOpen={setOpenField} />
            ) : (
              <EmptyState icon={TextCursorInput} title={t("fields.none")} actions={!readOnly && add}>
                {t("fields.none.text")}
              </EmptyState>
            )}
          </Loaded>
        )}
      </Tabs>
      {making === "types" && (
        <NewDialog
          what="type"
          make={makesType}
          onMake={(name) => makesType.mutate({ name, public: false }, { onSuccess: (made) => opened(() => setOpenType(made.key)) })}
          onClose={() => setMaking(null)}
        />
      )}
      {making === "fields" && (
        <NewDialog
          what="field"
          make={makesField}
          onMake={(name, kind) => makesField.mutate(blankField(name, kind), { onSuccess: (made) => opened(() => setOpenField(made.key)) })}
          onClose={() => setMaking(null)}
        />
      )}
    </Section>
  );
}

interface TypeListProps {
  tenant: string;
  types: readonly TicketType[];
  fields: readonly Field[];
  readOnly: boolean;
  onOpen: (key: string) => void;
}

function TypeList({ tenant, types, fields, readOnly, onOpen }: TypeListProps) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const { order } = useSettings<TicketTypeSpec>(tenant, "ticket-types");
  const called = (key: string) => {
    const found = fields.find((one) => one.key === key);
    return found ? nameIn(latest(found).name, language, key) : key;
  };
  const items = types.map((one) => {
    const spec = latest(one);
    const name = nameIn(spec.name, language, one.key);
    const asked = (spec.fields ?? []).map((question) => called(question.field) + (question.required ? " *" : ""));
    return {
      key: one.key,
      name,
      content: (
        <SettingLine name={name} onOpen={() => onOpen(one.key)}>
          {t(spec.public ? "public" : "internal")}, {asked.length > 0 ? t("asks", { what: asked.join(", ") }) : t("asks.nothing")}
        </SettingLine>
      ),
      actions: <Badge>{one.draft ? t("draft") : t("version", { n: one.version })}</Badge>,
    };
  });
  return (
    <SortableList label={t("title")} items={items} onOrder={readOnly ? undefined : (keys) => order.mutate(keys, told(t("ordered")))} />
  );
}

function FieldList({ fields, onOpen }: { fields: readonly Field[]; onOpen: (key: string) => void }) {
  const t = useWords(words);
  const language = useLanguage();
  const items = fields.map((one) => {
    const spec = latest(one);
    const name = nameIn(spec.name, language, one.key);
    const where = (one.used_by ?? []).map((use) => nameIn(use.name, language, use.key));
    return {
      key: one.key,
      name,
      content: (
        <SettingLine name={name} onOpen={() => onOpen(one.key)}>
          {t(`kind.${spec.kind}`)}
          {where.length > 0 && <> · {t("usedBy", { where: where.join(", ") })}</>}
        </SettingLine>
      ),
      actions: <Badge>{one.draft ? t("draft") : t("version", { n: one.version })}</Badge>,
    };
  });
  return <SortableList label={t("tab.fields")} items={items} />;
}
