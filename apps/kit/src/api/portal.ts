import { makeClient } from "./client.ts";
import type { components, paths } from "./portal.gen.ts";

/** The client of the clients' own API. Types of its answers stand below, made from the server's own description. */
export const portal = makeClient<paths>();

type Schemas = components["schemas"];

export type FieldDef = Schemas["FieldDef"];
export type FileRef = Schemas["FileRef"];
export type TypeDef = Schemas["TypeDef"];
export type Site = Schemas["Site"];
export type PortalSession = Schemas["Session"];
export type RequestState = Schemas["RequestState"];
export type Step = Schemas["Step"];
export type RequestRow = Schemas["RequestRow"];
export type RequestPage = Schemas["RequestPage"];
export type ThreadEntry = Schemas["ThreadEntry"];
export type Home = Schemas["Home"];
export type RequestPromise = Schemas["RequestPromise"];
