// One part of a form's page, answered by the server while the person goes on typing.

/** Send the form with `act`, and put the answer's element of this id where ours is; documents stay here. */
export async function refreshPart(form, act, id) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("act", act);
  const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: data });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(id);
  if (!fresh) throw new Error("the answer lacks its part");
  document.getElementById(id).replaceWith(document.adoptNode(fresh));
}
