import { useEffect, useRef, useState } from "react";

/** A value that is asked of the server: it follows what is typed after a short pause. Told apart by what it says, not by which object it is. */
export function useCalm<T>(value: T, pause = 300): T {
  const [calm, setCalm] = useState(value);
  const newest = useRef(value);
  newest.current = value;
  const said = JSON.stringify(value);
  const shown = useRef(said);
  useEffect(() => {
    if (said === shown.current) return;
    const timer = setTimeout(() => {
      shown.current = said;
      setCalm(newest.current);
    }, pause);
    return () => clearTimeout(timer);
  }, [said, pause]);
  return calm;
}
