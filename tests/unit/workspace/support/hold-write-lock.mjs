// Takes the write lock of a workspace file, says so, and holds it until it is told to go on.
import Database from 'better-sqlite3'

const database = new Database(process.argv[2])
database.exec('BEGIN IMMEDIATE')
console.log('locked')
process.stdin.once('data', () => {
  database.exec('ROLLBACK')
  database.close()
  process.exit()
})
