// Tables are there at once, as DynamoDB's are a little later.
import dynalite from 'dynalite'

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
server.listen(0, '127.0.0.1', () => console.log(`Dynalite listens on port ${server.address().port}`))
