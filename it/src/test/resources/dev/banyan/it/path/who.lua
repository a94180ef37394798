-- Who calls: kept whole in ngx.ctx for the modules after this one.
local _M = {}

local people = {
  ann = { name = "ann", level = 3 },
  bob = { name = "bob", level = 1 },
  eve = { name = "eve", level = 3 },
}

function _M.lookup(key)
  return people[key]
end

function _M.rewrite()
  ngx.ctx.who = _M.lookup(ngx.var.arg_who)
end

return _M
