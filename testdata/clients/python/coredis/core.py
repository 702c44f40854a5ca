"""Commands of the core that came after the fork."""
import coredis


async def commands(client: coredis.Redis):
    await client.hexpire("h", 60, ["f"])
    await client.vsim("v", element="a")  # want VSIM
    await client.lmovem("a", "b", 2)  # want LMOVEM
