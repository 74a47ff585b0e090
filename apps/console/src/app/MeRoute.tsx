export function MeRoute() {
  return null;
}
