/** The product's mark: an M drawn in one line, in the colour of the text around it. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path
        d="M2.5 12.5v-8L8 9l5.5-4.5v8"
        stroke="currentColor"
        strokeWidth={size < 24 ? 1.75 : 2}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
