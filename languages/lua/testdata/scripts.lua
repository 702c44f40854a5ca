#!lua name=search
-- keyvet:ignore search-command the library is optional
local cjson = require "cjson"
local call, fmt = redis.call, string.format
local M = { prefix = "FT.", index = 'idx' }

local function search(keys, args)
  local cmd = fmt("%s%s", M.prefix, "SEARCH")
  local list = { cmd, M.index }
  for i, v in ipairs(args) do
    list[#list + 1] = v
  end
  table.insert(list, "NOCONTENT")
  return call(unpack(list))
end

function M:get(key, ...)
  local ok, doc = pcall(redis.call, "JSON.GET", key, ...) -- keyvet:ignore json-command
  if not ok then
    return nil, doc
  end
  self.last = cjson.decode(doc)
  return self.last
end

function M.set(key, value)
  redis.call("JSON.SET", key, "$", value)
end

function reindex()
  local script = [[
    return redis.call("FT.INFO", KEYS[1])
  ]]
  count = (count or 0) + 1
  return redis.call("EVAL", script, 1, "idx")
end

--[==[ keyvet:ignore a long
comment ]==]
redis.register_function("search", search)
redis.register_function{
  function_name = "get",
  callback = function(keys, args) return M:get(keys[1]) end,
  flags = { "no-writes" },
}

return M
