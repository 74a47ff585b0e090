export function OpeningRoute() {
  return null;
}
