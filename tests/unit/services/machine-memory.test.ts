import { totalmem } from 'node:os'
import { describe, expect, it } from 'vitest'
import { machineMemory, memoryKills } from '../../../src-main/services/machine-memory.ts'

const meminfo = 'MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:    8000000 kB\n'

function machine(files: Readonly<Record<string, string>>) {
  return machineMemory((file) => files[file])
}

describe('the memory of the machine', () => {
  it('is what the kernel calls available', () => {
    expect(machine({ '/proc/meminfo': meminfo })).toEqual({ available: 8_192_000_000, total: 16_384_000_000 })
  })

  it('is what the container leaves, its cached files not counted', () => {
    const files = {
      '/proc/meminfo': meminfo,
      '/proc/self/cgroup': '0::/box/inner\n',
      '/sys/fs/cgroup/box/memory.max': '2000000000\n',
      '/sys/fs/cgroup/box/memory.current': '1500000000\n',
      '/sys/fs/cgroup/box/memory.stat': 'anon 1200000000\ninactive_file 300000000\n',
      '/sys/fs/cgroup/box/inner/memory.max': 'max\n',
      '/sys/fs/cgroup/box/inner/memory.current': '1400000000\n',
    }
    expect(machine(files)).toEqual({ available: 800_000_000, total: 2_000_000_000 })
  })

  it('respects control groups of the first version too', () => {
    const files = {
      '/proc/meminfo': meminfo,
      '/proc/self/cgroup': '5:cpu:/\n4:memory:/job\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': '5000000000\n',
      '/sys/fs/cgroup/memory/job/memory.limit_in_bytes': '1000000000\n',
      '/sys/fs/cgroup/memory/job/memory.usage_in_bytes': '900000000\n',
      '/sys/fs/cgroup/memory/job/memory.stat': 'inactive_file 1\ntotal_inactive_file 200000000\n',
    }
    expect(machine(files)).toMatchObject({ total: 1_000_000_000 })
    expect(machine({ ...files, '/sys/fs/cgroup/memory/job/memory.stat': '' }).available).toBe(100_000_000)
  })

  it('is known on this machine', () => {
    const { available, total } = machineMemory()
    expect(available).toBeGreaterThan(0)
    expect(total).toBeLessThanOrEqual(totalmem())
    expect(available).toBeLessThanOrEqual(total)
  })
})

describe('processes that were ended for want of memory', () => {
  it('are counted by the kernel', () => {
    expect(memoryKills(() => 'pgfault 12\noom_kill 3\nnuma_hit 4\n')).toBe(3)
    expect(memoryKills(() => undefined)).toBeUndefined()
  })
})
