import type { SayClock } from "./sentence.ts";
import type { Action, Level } from "./spec.ts";

/** When a level comes: «80 % времени». */
export function levelText(level: Level, t: SayClock): string {
  if (level.at === "share") return t("level.share", { n: level.value ?? 0 });
  if (level.at === "before") return t("level.before", { n: level.value ?? 0 });
  if (level.at === "after") return t("level.after", { n: level.value ?? 0 });
  return t("level.breach");
}

/** What is done then. */
export function actionText(action: Action, t: SayClock, role: (key: string) => string): string {
  switch (action.kind) {
    case "tell": {
      const whom = [
        action.assignee && t("action.assignee"),
        ...(action.roles ?? []).map(role),
        (action.people?.length ?? 0) > 0 && t("action.people", { n: action.people?.length ?? 0 }),
      ];
      return whom.filter(Boolean).join(", ");
    }
    case "reassign":
      return t("action.reassigned");
    case "priority":
      return t("action.prioritised", { n: action.to ?? 1 });
    case "line":
      return t("action.lined", { n: action.to ?? 1 });
    case "tag":
      return t("action.tagged", { tag: action.tag ?? "" });
    case "webhook":
      return t("action.called");
  }
}
