import type { PaletteCommand } from "@manydesk/kit/ui/CommandPalette";
import { create } from "zustand";

/** The little that is about this window alone and not about any server's data. */
interface WindowState {
  peek: boolean;
  /** Tickets of the list last seen, in its order: what `[` and `]` walk through. */
  trail: { tenant: string; ref: string }[];
  palette: boolean;
  sheet: boolean;
  /** Whether it is asked until when the person is away. */
  leaving: boolean;
  /** What the page that is open can do, for the palette. */
  deeds: readonly PaletteCommand[];
  setPeek: (open: boolean) => void;
  setTrail: (trail: { tenant: string; ref: string }[]) => void;
  setPalette: (open: boolean) => void;
  setSheet: (open: boolean) => void;
  setLeaving: (open: boolean) => void;
  setDeeds: (deeds: readonly PaletteCommand[]) => void;
}

export const useWindow = create<WindowState>((set) => ({
  peek: globalThis.innerWidth >= 1200,
  trail: [],
  palette: false,
  sheet: false,
  leaving: false,
  deeds: [],
  setPeek: (peek) => set({ peek }),
  setTrail: (trail) => set({ trail }),
  setPalette: (palette) => set({ palette }),
  setSheet: (sheet) => set({ sheet }),
  setLeaving: (leaving) => set({ leaving }),
  setDeeds: (deeds) => set({ deeds }),
}));
