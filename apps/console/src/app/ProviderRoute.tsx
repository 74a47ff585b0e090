import { useParams } from "@tanstack/react-router";
import { ProviderPage } from "../features/settings/ProviderPage.tsx";

export function ProviderRoute() {
  const { provider } = useParams({ from: "/desk/providers/$provider" });
  return <ProviderPage provider={provider} />;
}
