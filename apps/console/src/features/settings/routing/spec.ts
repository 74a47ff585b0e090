import type { RoutingTrial, RuleProblem, Rules, Setting } from "@manydesk/kit/api/route";

export type { GroupLoad, Place, Rerouted as Move, Rule, Rules, Then } from "@manydesk/kit/api/route";
export type Trial = RoutingTrial;

/** The rules with what is wrong with the live ones; what a save answers has less. */
export type Routing = Setting<Rules> & { problems?: RuleProblem[]; hits?: Record<string, number> };
