import type { Engagement, Person } from "@manydesk/kit/api/agent";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Button } from "@manydesk/kit/ui/Button";
import { ChipGroup } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Plus, UserPlus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTitle } from "../../parts/useTitle.ts";
import { EngagementItem } from "./EngagementItem.tsx";
import { InviteForm } from "./InviteForm.tsx";
import { useProviderAccept, useProviderEnd, useProviderInvite, useProviderOffer, useProviderPeople } from "./mutations.ts";
import { providerEngagementsQuery, providerQuery, providerStaffQuery } from "./queries.ts";
import { Loaded, Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useTold } from "./useTold.ts";
import words from "./words.json";

/** An outsourcer's own page: its people, its customers, and who works where. */
export function ProviderPage({ provider }: { provider: string }) {
  const t = useWords(words);
  const told = useTold();
  const self = useQuery(providerQuery(provider));
  const staff = useQuery(providerStaffQuery(provider));
  const engagements = useQuery(providerEngagementsQuery(provider));
  const invite = useProviderInvite(provider);
  const accept = useProviderAccept(provider);
  const end = useProviderEnd(provider);
  const [open, setOpen] = useState<"invite" | "offer" | null>(null);
  const people = staff.data?.items ?? [];
  useTitle(self.data?.name);
  return (
    <main className={css.body}>
      <header className={css.head} style={{ minHeight: "var(--header)" }}>
        <h1>{self.data?.name ?? provider}</h1>
      </header>
      <Section
        title={t("provider.engagements")}
        lead={t("provider.lead")}
        action={
          <span className={css.buttons}>
            <Button icon={UserPlus} onClick={() => setOpen("invite")}>
              {t("invite")}
            </Button>
            <Button kind="primary" icon={Plus} onClick={() => setOpen("offer")}>
              {t("provider.offer")}
            </Button>
          </span>
        }
      >
        <Loaded of={engagements}>
          <div className={css.list}>
            {(engagements.data?.items ?? []).map((one) => (
              <EngagementItem
                key={one.id}
                engagement={one}
                name={one.tenant.name}
                onAccept={() => accept.mutate(one, told(t("engagements.accepted", { name: one.tenant.name })))}
                onEnd={() => end.mutate(one, told(t("engagements.ended", { name: one.tenant.name })))}
              >
                {one.state === "active" && <Team provider={provider} engagement={one} staff={people} />}
              </EngagementItem>
            ))}
          </div>
        </Loaded>
        <h3 className={css.h3}>{t("provider.staff")}</h3>
        <Loaded of={staff}>
          <div className={css.list}>
            {people.map((person) => (
              <div key={person.id} className={css.item}>
                <span className={css.who}>
                  <Avatar person={person} size={28} mute />
                  <span>
                    {person.name}
                    <small>{person.email}</small>
                  </span>
                </span>
                {!person.active && <span className="muted">{t("members.off")}</span>}
              </div>
            ))}
          </div>
        </Loaded>
      </Section>
      {open === "invite" && <InviteForm roles={[]} invite={invite} onClose={() => setOpen(null)} />}
      {open === "offer" && <Offer provider={provider} onClose={() => setOpen(null)} />}
    </main>
  );
}

function Team({ provider, engagement, staff }: { provider: string; engagement: Engagement; staff: Person[] }) {
  const t = useWords(words);
  const told = useTold();
  const save = useProviderPeople(provider);
  const now = engagement.people.map((person) => person.id);
  const [chosen, setChosen] = useState(now);
  const changed = [...chosen].sort().join() !== [...now].sort().join();
  return (
    <div className={css.form} style={{ paddingTop: 12 }}>
      <ChipGroup
        label={t("provider.people")}
        value={chosen}
        onChange={setChosen}
        options={staff.map((person) => ({ value: person.id, label: person.name }))}
      />
      {changed && (
        <Button busy={save.isPending} onClick={() => save.mutate({ engagement, users: chosen }, told(t("saved")))}>
          {t("provider.people.save")}
        </Button>
      )}
    </div>
  );
}

function Offer({ provider, onClose }: { provider: string; onClose: () => void }) {
  const t = useWords(words);
  const told = useTold();
  const id = useId();
  const [tenant, setTenant] = useState("");
  const offer = useProviderOffer(provider);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    offer.mutate({ tenant: tenant.trim(), roles: ["agent"], types: null }, told(t("engagements.sent")));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("provider.offer")}
      actions={
        <Button kind="primary" type="submit" form={id}>
          {t("engagements.send")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit}>
        <Field label={t("provider.tenant")} required>
          <Input value={tenant} onChange={(event) => setTenant(event.target.value)} required autoFocus />
        </Field>
      </form>
    </Dialog>
  );
}
