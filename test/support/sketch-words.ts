/*
 * The words that generated models are made of: an invented network of parcel lockers. Spare words
 * occur in no generated model; rewording takes from them.
 */

export const verbs = [
  'Reading',
  'Changing',
  'Deleting',
  'Forging',
  'Guessing',
  'Delaying',
  'Replaying',
  'Copying',
  'Hiding',
  'Exporting',
]

export const objects = [
  'the pickup code of a recipient',
  'the delivery history of a household',
  'the opening record of a locker',
  'the invoice of a business customer',
  'the address book of a sender',
  'the firmware of a compartment lock',
  'the temperature log of a cold box',
  'the weight reported by a scale',
  'the photograph taken at delivery',
  'the shift plan of the couriers',
  'the customs form of a parcel',
  'the refund of a lost shipment',
  'the reservation of a large compartment',
  'the alarm of a forced door',
]

export const channels = [
  'through the touch screen',
  'through the courier application',
  'through the maintenance port',
  'through a stolen scanner',
  'through the billing interface',
  'through an old voucher link',
  'while the station is offline',
  'during the nightly synchronisation',
]

export const actors = [
  'A courier of another company',
  'The owner of the building',
  'A former technician',
  'The operator of the cellular network',
  'A recipient with a shared account',
  'Someone with a cloned badge',
  'The vendor of the payment terminal',
  'A curious neighbour',
]

export const assets = [
  'Pickup codes',
  'Delivery histories',
  'Opening records',
  'Compartment firmware',
  'Customs declarations',
  'Voucher balances',
  'Station availability',
  'Courier identities',
]

/** Sentences are made of a fact and a circumstance. */
export const facts = [
  'The station keeps the last screen in memory',
  'Codes are six digits long',
  'A scanner stays signed in for a whole shift',
  'The maintenance port answers to anybody',
  'Old voucher links stay valid',
  'The nightly batch carries names',
  'Sensors report without a sequence number',
  'Cold boxes send their log in one piece',
  'Business customers share one login',
  'The photograph is stored beside the signature',
  'Refunds below ten euros are paid out at once',
  'The local list is used instead',
]

export const circumstances = [
  'until the next visitor touches the glass',
  'although the counter is reset every evening',
  'also when it lies in the van',
  'once the rear panel is open',
  'until the campaign is closed by hand',
  'when the cellular link drops',
  'so an older value looks fresh',
  'after the door has closed',
  'in offices with many employees',
  'under a name that can be guessed',
  'without a second look by a clerk',
  'while the depot is being moved',
]

export const controls = [
  'Pickup codes are rate limited per station',
  'Scanners sign out after ten minutes without movement',
  'The rear panel has a tamper switch',
  'Firmware images are signed by the release team',
  'Voucher links expire after thirty days',
  'The nightly batch is encrypted with the key of the depot',
  'Sensor messages carry a counter',
  'Photographs are stored under random names',
  'Refunds need the approval of a second clerk',
  'Offline lists hold only the parcels of the day',
  'Door alarms are sent over two links',
  'Shift plans are visible to the own depot only',
  'Customs forms are deleted after clearance',
  'Couriers confirm each opening with a badge',
]

export const categories = ['Spoofing', 'Tampering', 'Repudiation', 'Information disclosure']

export const severities = ['Low', 'Medium', 'High', 'Critical']

export const assumptions = [
  'The depot network is separated from the office network.',
  'Stations are visited by a technician at least twice a year.',
  'Recipients keep their telephones to themselves.',
  'The payment terminal is certified by its vendor.',
]

export const limitations = [
  'Violence against a station is only noticed afterwards.',
  'Parcels are not inspected for dangerous goods.',
  'A recipient who gives a code away cannot be told from a thief.',
  'Messages to recipients travel unprotected over the telephone network.',
]

export const codePaths = [
  'station/screen.go',
  'station/lock/open.go',
  'courier/app/session.ts',
  'billing/refund.ts',
  'sync/nightly.py',
  'sensor/cold.c',
]

/** In no list above. */
export const spareWords = (
  'harvesting parcelwise garden mailbox quarterly staircase bundle operator-side ' +
  'warehouse ribbon lantern ledger harbour copper velvet compass orchard pebble ' +
  'saddle thimble walnut anchor beacon cradle dagger ember falcon glacier hazel ' +
  'ivory juniper kettle lagoon marble nectar onyx paddle quartz raven sable timber ' +
  'umbra violet willow yonder zephyr bishop candle dolphin eagle fennel'
).split(' ')
