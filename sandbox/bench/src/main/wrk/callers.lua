-- wrk -s callers.lua <url> -- <file of addresses> [<how many requests to count>]
--
-- Every request to / comes from the next address of the file, over and over. All requests are made before the load
-- starts, so that wrk has the same little to do for each server.
-- After the number to count, requests go to a path that counts nothing, until the time is over.

local visits = {}
local uncounted
local limit
local thread

-- wrk asks for one request before the load, to look at it, and never sends that one.
asked = -1

function setup(t)
  thread = t
end

function init(arguments)
  for address in io.lines(arguments[1]) do
    visits[#visits + 1] = wrk.format("GET", "/", { Accept = "*/*", ["X-Forwarded-For"] = address })
  end
  uncounted = wrk.format("GET", "/stats")
  limit = tonumber(arguments[2]) or math.huge
end

function request()
  asked = asked + 1
  if asked > limit then
    return uncounted
  end
  return visits[(asked - 1) % #visits + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "sent=%d answered=%d duration_us=%d p50=%d p99=%d error_responses=%d failed_connections=%d\n",
    thread:get("asked"), summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
