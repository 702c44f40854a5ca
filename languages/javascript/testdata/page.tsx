export default async function Page({ params: { id }, searchParams }: { params: { id: string }; searchParams: Query }) {
  const cache = new Map<string, Doc>(), docs = await getClient().json.mGet([id], "$");
  return (
    <List items={docs} onSelect={async (d) => { await remove(d.id); }} {...props(id)}>
      {/* keyvet:ignore search-command shown only */}
      {docs.map((doc) => doc && <Item key={doc.id} label={`doc(${doc.id})`} />)}
      <p title="a long text (with call)">text {count()}</p>
    </List>
  );
}
