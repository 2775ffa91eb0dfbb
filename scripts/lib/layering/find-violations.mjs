// Compares what a file imports with the tables of rules.mjs.
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { readImports } from './read-imports.mjs'
import { electronNameRules, packageRules, zones } from './rules.mjs'

/** @typedef {{ file: string, line: number, specifier: string, rule: string }} Violation */

/**
 * @param {string} file path relative to the repository, with forward slashes
 * @param {string} source its text
 * @returns {Violation[]} in the order of the text
 */
export function findViolations(file, source) {
  return readImports(file, source).flatMap((reference) => {
    const specifier = reference.specifier.replace(/\?.*$/, '')
    const rules = specifier.startsWith('.')
      ? brokenZones(file, specifier)
      : brokenPackageRules(file, specifier, reference.names)
    return rules.map((rule) => ({ file, line: reference.line, specifier: reference.specifier, rule }))
  })
}

/**
 * One line for people.
 * @param {Violation} violation
 */
export function describeViolation({ file, line, specifier, rule }) {
  return `${file}:${line}: may not import '${specifier}': ${rule}`
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string[]} the rules that this import breaks, in words
 */
function brokenZones(file, specifier) {
  const target = path.posix.join(path.posix.dirname(file), specifier)
  const zone = zones.find(({ name }) => file.startsWith(name))
  return zone === undefined || isIn(target, zone.mayImport) ? [] : [zone.because]
}

/**
 * @param {string} file
 * @param {string} specifier
 * @param {string[]} names
 * @returns {string[]}
 */
function brokenPackageRules(file, specifier, names) {
  const name = isBuiltin(specifier) && !specifier.startsWith('node:') ? `node:${specifier}` : specifier
  const broken = packageRules.filter((rule) => rule.packages.test(name) && !isIn(file, rule.onlyIn))
  if (broken.length > 0) return broken.map((rule) => rule.because)
  if (name !== 'electron') return []
  return electronNameRules
    .filter((rule) => names.includes(rule.name) && !isIn(file, rule.onlyIn))
    .map((rule) => rule.because)
}

/**
 * @param {string} file
 * @param {readonly string[]} places folders with a trailing slash, or single files
 */
const isIn = (file, places) =>
  places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place))
