import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";

/** What a mutation says when it is done, and why when it is not. */
export function useTold(): (text: string) => { onSuccess: () => void; onError: (error: unknown) => void } {
  const sentence = useSentence();
  return (text) => ({
    onSuccess: () => void toast({ text }),
    onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
  });
}
