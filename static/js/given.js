/** Whether anything is chosen or written in a form. */
export function given(form) {
  const written = [...form.querySelectorAll("textarea, input[type=text]")].some((field) => field.value.trim());
  return written || form.querySelector("input:checked") !== null;
}
