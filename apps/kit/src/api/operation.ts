interface Input {
  path?: object;
  query?: object;
  body?: unknown;
}

/** One operation in the shape that openapi-typescript gives and openapi-fetch reads. */
export type Op<Answer, In extends Input = object> = {
  parameters: Path<In> & Query<In>;
  responses: { 200: { headers: Record<string, unknown>; content: { "application/json": Answer } } };
} & Body<In>;

type Path<In> = In extends { path: infer P } ? { path: P } : { path?: never };
type Query<In> = In extends { query: infer Q } ? { query?: Q } : { query?: never };
type Body<In> = In extends { body: infer B } ? { requestBody: { content: { "application/json": B } } } : { requestBody?: never };

/** A page of a list: `next` is the cursor of the following one, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
  count?: number | string;
}
