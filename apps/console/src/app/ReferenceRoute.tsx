export function ReferenceRoute() {
  return null;
}
