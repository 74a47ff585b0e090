import type { Engagement, MyTenant } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { ChipGroup } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Handshake, Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { deskQuery } from "../../parts/deskQuery.ts";
import { EngagementItem } from "./EngagementItem.tsx";
import { useAccept, useEnd, useOffer } from "./mutations.ts";
import { engagementsQuery, rolesQuery } from "./queries.ts";
import { RolePicks } from "./RolePicks.tsx";
import { roleName } from "./roleName.ts";
import { Loaded, Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useTold } from "./useTold.ts";
import words from "./words.json";

export function Engagements({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const told = useTold();
  const engagements = useQuery(engagementsQuery(tenant.slug));
  const language = useLanguage();
  const { data: roles } = useQuery(rolesQuery(tenant.slug));
  const roleNames = Object.fromEntries((roles?.items ?? []).map((role) => [role.key, roleName(role, language)]));
  const accept = useAccept(tenant.slug);
  const end = useEnd(tenant.slug);
  const [offering, setOffering] = useState(false);
  const all = engagements.data?.items ?? [];
  const offer = tenant.abilities.includes("engagement.manage") && (
    <Button kind="primary" icon={Plus} onClick={() => setOffering(true)}>
      {t("engagements.offer")}
    </Button>
  );
  return (
    <Section title={t("section.engagements")} lead={t("engagements.lead")} action={offer}>
      <Loaded of={engagements}>
        {all.length === 0 && (
          <EmptyState icon={Handshake} title={t("engagements.empty")}>
            {t("engagements.empty.text")}
          </EmptyState>
        )}
        <div className={css.list}>
          {all.map((one) => (
            <EngagementItem
              key={one.id}
              engagement={one}
              name={one.provider.name}
              roleNames={roleNames}
              onAccept={() => accept.mutate(one, told(t("engagements.accepted", { name: one.provider.name })))}
              onEnd={() => end.mutate(one, told(t("engagements.ended", { name: one.provider.name })))}
            />
          ))}
        </div>
      </Loaded>
      {offering && <OfferForm tenant={tenant.slug} onClose={() => setOffering(false)} />}
    </Section>
  );
}

function OfferForm({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const sentence = useSentence();
  const { data: roles } = useQuery(rolesQuery(tenant));
  const { data: desk } = useQuery(deskQuery(tenant));
  const [provider, setProvider] = useState("");
  const [chosen, setChosen] = useState<string[]>(["agent"]);
  const [types, setTypes] = useState<string[]>([]);
  const offer = useOffer(tenant);
  const wrong = offer.error ? ((isProblem(offer.error) ? offer.error.field("provider") : undefined) ?? sentence(offer.error)) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = (_engagement: Engagement) => {
      toast({ text: t("engagements.sent") });
      onClose();
    };
    offer.mutate({ provider: provider.trim(), roles: chosen, types: types.length > 0 ? types : null }, { onSuccess: done });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("engagements.offer")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={offer.isPending}>
          {t("engagements.send")}
        </Button>
      }
    >
      <form id={id} className={css.form} onSubmit={submit}>
        <Field label={t("engagements.slug")} hint={t("engagements.slug.hint")} error={wrong} required>
          <Input value={provider} onChange={(event) => setProvider(event.target.value)} required autoFocus />
        </Field>
        <RolePicks roles={roles?.items ?? []} value={chosen} onChange={setChosen} />
        <ChipGroup
          label={t("engagements.types")}
          value={types}
          onChange={setTypes}
          options={(desk?.settings.types ?? []).map((type) => ({ value: type.key, label: type.name }))}
        />
        <p className="muted s12">{t("engagements.types.hint")}</p>
      </form>
    </Dialog>
  );
}
