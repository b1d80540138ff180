-- The load of one round: GET requests, several to one write when a depth is given after "--".
-- Ends with one line that the runner reads; "micros", "p50" and "p99" are microseconds.

function init(args)
    local depth = tonumber(args[1] or "1")
    if depth > 1 then
        local batch = string.rep(wrk.format("GET"), depth)
        request = function() return batch end
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "\nbench responses=%d micros=%d bytes=%d p50=%d p99=%d connect=%d read=%d write=%d status=%d timeout=%d\n",
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
