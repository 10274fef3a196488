-- wrk -s callers.lua <url> -- <file of addresses> <Accept header> [<how many requests to count>]
--
-- Each request to / sends the next address of the file in X-Forwarded-For; after the last address, the first follows. The
-- script builds all requests before the load starts, so that wrk needs the same small amount of CPU time for each server.
-- After the given number of requests to /, wrk requests /stats, which counts no visits, until the time is up.

local visits = {}
local uncounted
local limit
local thread

-- Starts at -1, because wrk calls request() once before the load and never sends that request.
asked = -1

function setup(t)
  thread = t
end

function init(arguments)
  for address in io.lines(arguments[1]) do
    visits[#visits + 1] = wrk.format("GET", "/", { Accept = arguments[2], ["X-Forwarded-For"] = address })
  end
  uncounted = wrk.format("GET", "/stats")
  limit = tonumber(arguments[3]) or math.huge
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
