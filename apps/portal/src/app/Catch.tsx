import { say } from "@manydesk/kit/words/useWords";
import { Component, type ReactNode } from "react";
import css from "../parts/page.module.css";
import words from "./words.json";

/** A page that broke says so and can be opened again; the rest of the portal lives on. */
export class Catch extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main id="content" className={css.main}>
        <h1 className={css.h1}>{say(words, "crashed")}</h1>
        <p className={css.lead}>{say(words, "crashedText")}</p>
        <button type="button" className={css.btn} onClick={() => location.reload()}>
          {say(words, "reload")}
        </button>
      </main>
    );
  }
}
