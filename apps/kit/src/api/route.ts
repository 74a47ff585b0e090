import type { components } from "./agent.gen.ts";

type Schemas = components["schemas"];

/** Where tickets go and who takes them, as the server gives it. */
export type Named = Schemas["Named"];
/** How a rule chooses a person of the group. */
export type Strategy = Schemas["RouteWhy"]["strategy"];
/** Why a ticket is where it is: rules in order with what they saw, who could have it, who got it. */
export type RoutingWhy = Schemas["RouteWhy"];
export type Candidate = Schemas["RouteCandidate"];
/** A person of the team with what they have to do. */
export type Loaded = Schemas["PersonLoad"];
export type Load = Schemas["Load"];

/** What a rule does with a ticket. */
export type Then = Schemas["RouteThen"];
export type Rule = Schemas["RoutingRule"];
export type Rules = Schemas["RoutingRules"];
/** What of the live rules names something that is gone. */
export type RuleProblem = Schemas["RoutingProblem"];
/** A draft tried on the last hundred tickets. */
export type RoutingTrial = Schemas["RoutingTrial"];
export type Rerouted = Schemas["ReroutedTicket"];
export type Place = Schemas["TrialPlace"];
export type GroupLoad = Schemas["TrialLoad"];
export type Distribution = Schemas["Distribution"];
export type Rebalance = Schemas["Rebalance"];

export type TriggerSpec = Schemas["TriggerSpec"];
export type TriggerAction = Schemas["TriggerAction"];
/** One look of a trigger at a ticket. */
export type TriggerRun = Schemas["TriggerRun"];
/** A call of somebody's system, and what became of it. */
export type Delivery = Schemas["Delivery"];

export type MacroSpec = Schemas["MacroSpec"];
/** A macro that may be applied to a ticket, with what it does in words. */
export type OfferedMacro = Schemas["OfferedMacro"];
/** What a macro made of a ticket, and the reply that it prepared. */
export type AppliedMacro = Schemas["AppliedMacro"];
export type ProcessSpec = Schemas["ProcessSpec"];
export type ProcessStage = Schemas["ProcessStage"];
export type ProcessTask = Schemas["ProcessTask"];

export type Group = Schemas["PublishedSettingGroup"];
export type GroupSpec = Schemas["Group"];
export type Skill = Schemas["SettingSkill"];
export type Vendor = Schemas["Vendor"];
export type Shifts = Schemas["Shifts"];
export type ShiftItem = Schemas["ShiftItem"];
export type RotaPerson = Schemas["RotaPerson"];
export type Week = RotaPerson["week"];

/** One setting with its live version and, if it has one, its draft. */
export type Setting<S> = Omit<Schemas["SettingTriggerSpec"], "spec" | "draft"> & {
  spec: S;
  draft: (Omit<Schemas["SettingDraftTriggerSpec"], "spec"> & { spec: S }) | null;
};
export type SettingVersion = Schemas["SettingVersion"];
