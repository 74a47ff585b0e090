import { toast } from "@manydesk/kit/look/toast";
import { useWords } from "@manydesk/kit/words/useWords";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { OpeningPage } from "../features/opening/OpeningPage.tsx";
import openingWords from "../features/opening/words.json";

export function OpeningRoute() {
  const t = useWords(openingWords);
  const search = useSearch({ from: "/desk/new" });
  const go = useNavigate();
  const router = useRouter();
  return (
    <OpeningPage
      tenant={search.tenant}
      subject={search.subject}
      onTenant={(tenant) => go({ to: "/new", search: { ...search, tenant }, replace: true })}
      onFiled={(ticket) => {
        toast({ text: t("filed", { ref: ticket.ref }) });
        go({ to: "/t/$tenant/tickets/$ref", params: { tenant: ticket.tenant, ref: ticket.ref } });
      }}
      onPark={() => (router.history.canGoBack() ? router.history.back() : go({ to: "/q" }))}
    />
  );
}
