// Fields that are for one person alone: nothing reads them, and they are emptied when their step is over.
import { onceGone } from "../gone.js";

export function connect(box) {
  onceGone(box, () => box.querySelectorAll("textarea").forEach((field) => (field.value = "")));
}
