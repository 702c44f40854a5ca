const client = createClient();
<<<<<<< HEAD
client.ft.search("a", "b");
=======
client.ft.search("c", "d");
>>>>>>> other
async function f() {
  await client.json.set("k", "$", { a: 1 );
  client.ts.add("t",
}
client.bf.add("f", "x");
