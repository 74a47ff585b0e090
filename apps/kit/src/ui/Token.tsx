import { TagsToken as Tags } from "../conditions/Keys.tsx";
import { TokenInput as Input } from "../conditions/TokenInput.tsx";
import { TokenSelect as Select, TokenSelectMany as SelectMany } from "../conditions/TokenSelect.tsx";

/** The tokens that sentences of conditions are made of, for what comes after «то». */
export const TokenSelect = Select;
export const TokenSelectMany = SelectMany;
export const TokenInput = Input;
export const TokenTags = Tags;
