import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { SearchInput } from "@manydesk/kit/ui/Input";
import { LoadMore } from "@manydesk/kit/ui/LoadMore";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Building2, Pencil, Plus, SearchX, Star } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { conditionFieldsQuery } from "../../../parts/TicketCondition.tsx";
import { Frame, Loaded, Section } from "../Section.tsx";
import css from "../Settings.module.css";
import { CompanyForm } from "./CompanyForm.tsx";
import { type Company, companiesQuery } from "./calls.ts";
import words from "./words.json";

/** The companies of a tenant's clients, and what each is promised otherwise than the rest. */
export function Companies({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const [search, setSearch] = useState("");
  const asked = useDeferredValue(search.trim());
  const companies = useInfiniteQuery(companiesQuery(tenant.slug, asked));
  const [editing, setEditing] = useState<Company | "new" | null>(null);
  const all = companies.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title={t("title")}
      lead={t("lead")}
      action={
        <span className={css.buttons}>
          <SearchInput aria-label={t("search")} placeholder={t("search")} value={search} onChange={setSearch} />
          {tenant.abilities.includes("customer.edit") && (
            <Button kind="primary" icon={Plus} onClick={() => setEditing("new")}>
              {t("new")}
            </Button>
          )}
        </span>
      }
    >
      <Loaded of={companies}>
        {all.length > 0 ? (
          <Table tenant={tenant.slug} companies={all} onEdit={setEditing} />
        ) : asked ? (
          <EmptyState icon={SearchX} title={t("nothing")} />
        ) : (
          <EmptyState icon={Building2} title={t("none")}>
            {t("none.text")}
          </EmptyState>
        )}
        <LoadMore more={companies.hasNextPage} busy={companies.isFetchingNextPage} onMore={() => companies.fetchNextPage()} />
      </Loaded>
      {editing && <CompanyForm tenant={tenant.slug} company={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}

function Table({ tenant, companies, onEdit }: { tenant: string; companies: readonly Company[]; onEdit: (company: Company) => void }) {
  const t = useWords(words);
  const f = useFormats();
  const { data: fields } = useQuery({ ...conditionFieldsQuery(tenant), retry: false });
  const levels = fields?.items.find((one) => one.key === "level")?.choices ?? [];
  const called = (list: readonly { key: string; name: string }[] | undefined, key: string) =>
    list?.find((one) => one.key === key)?.name ?? key;
  return (
    <Frame label={t("title")}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("level")}</th>
            <th scope="col">{t("calendar")}</th>
            <th scope="col">{t("contacts")}</th>
            <th>
              <span className="vh">{t("save")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {companies.map((company) => (
            <tr key={company.id} className={company.archived ? css.off : undefined}>
              <td>
                <span className={css.who}>
                  <span>
                    {company.name}
                    {company.domains.length > 0 && <small>{company.domains.join(", ")}</small>}
                  </span>
                  {company.vip && (
                    <Badge tone="box" icon={Star}>
                      {t("vip")}
                    </Badge>
                  )}
                </span>
              </td>
              <td>{company.level ? called(levels, company.level) : <span className="muted">{t("usual")}</span>}</td>
              <td>{company.calendar ? called(fields?.calendars, company.calendar) : <span className="muted">{t("usual")}</span>}</td>
              <td>{f.number(company.contacts)}</td>
              <td className={css.end}>
                {company.abilities.includes("edit") && (
                  <IconButton icon={Pencil} label={t("edit", { name: company.name })} onClick={() => onEdit(company)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  );
}
