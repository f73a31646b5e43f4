import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/* File systems inside image files, to be filled, broken and copied. Needs root and loop devices. */

/** Why the trials with file systems of their own cannot run here, or null. */
export function whyNoMounts(): string | null {
  if (process.getuid?.() !== 0) return 'mounting needs root'
  return existsSync('/dev/loop-control') ? null : 'no loop devices'
}

export function makeDisk(image: string, megabytes: number): void {
  execFileSync('truncate', ['-s', `${megabytes}M`, image])
  execFileSync('mkfs.ext4', ['-q', '-F', image], { stdio: 'pipe' })
}

export interface MountOptions {
  options?: string
  /** Of a file to delete later, so that a full disk can be given room again. */
  ballastMb?: number
}

export function mount(image: string, target: string, more: MountOptions = {}): void {
  const { options = 'loop', ballastMb = 0 } = more
  mkdirSync(target, { recursive: true })
  execFileSync('mount', ['-o', options, image, target])
  if (ballastMb > 0) writeFileSync(join(target, 'ballast'), Buffer.alloc(ballastMb * 1024 * 1024))
}

/** Has the kernel find an error in it: with `errors=remount-ro` it is read-only from now on. */
export function breakDisk(target: string): void {
  const device = execFileSync('findmnt', ['-n', '-o', 'SOURCE', target], { encoding: 'utf8' })
  const name = device.trim().replace('/dev/', '')
  writeFileSync(`/sys/fs/ext4/${name}/trigger_fs_error`, '1')
}

/** Of an image that is not mounted. */
export function repairDisk(image: string): void {
  execFileSync('sh', ['-c', `e2fsck -fy ${image} || [ $? -lt 4 ]`], { stdio: 'pipe' })
}

/** Takes all that is left of it; returns the file to delete. */
export function fillDisk(target: string): string {
  const filler = join(target, 'filler')
  // Ends with an error when there is no room left, as it should.
  execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=64k 2>/dev/null || true`])
  execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler}.rest bs=512 2>/dev/null || true`])
  return filler
}
