import { toast } from "@manydesk/kit/look/toast";
import { useWords } from "@manydesk/kit/words/useWords";
import { useNavigate } from "@tanstack/react-router";
import { NewTenantPage } from "../features/settings/NewTenantPage.tsx";
import settingsWords from "../features/settings/words.json";

export function NewTenantRoute() {
  const t = useWords(settingsWords);
  const go = useNavigate();
  return (
    <NewTenantPage
      onCreated={(tenant) => {
        toast({ text: t("newTenant.created", { name: tenant.name }) });
        go({ to: "/t/$tenant/settings/$section", params: { tenant: tenant.slug, section: "members" } });
      }}
    />
  );
}
