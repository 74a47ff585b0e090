import { MePage } from "../features/me/MePage.tsx";

export function MeRoute() {
  return <MePage />;
}
