# SPDX-License-Identifier: GPL-3.0-or-later

"""The pins of the parts, as their data sheets number them: number -> (name, electrical type)."""


def pins(text):
    """Reads `number name type` triples, one to a line or after a `;`. Several numbers are joined
    by commas. Types: p passive, i input, o output, b bidirectional, w power in, W power out."""
    types = {'p': 'passive', 'i': 'input', 'o': 'output', 'b': 'bidirectional',
             'w': 'power_in', 'W': 'power_out', 'n': 'no_connect'}
    table = {}
    for entry in text.replace('\n', ';').split(';'):
        if entry.strip():
            numbers, name, kind = entry.split()
            for number in numbers.split(','):
                table[number] = (name, types[kind])
    return table


def plain(ways):
    """A connector: every pin passive and named after its number."""
    return {str(way): (f'Pin_{way}', 'passive') for way in range(1, ways + 1)}


PASSIVE = {'1': ('', 'passive'), '2': ('', 'passive')}
DIODE = pins('1 K p; 2 A p')
CRYSTAL = pins('1 X1 p; 3 X2 p; 2,4 GND p')
BUTTON = pins('1 A p; 2 B p')
MOSFET = pins('1,2,3 S p; 4 G i; 5 D p')
PMOS_SOT23 = pins('1 G i; 2 S p; 3 D p')

USB_C = pins('A1,A12,B1,B12 GND w; A4,A9,B4,B9 VBUS w; A5 CC1 b; B5 CC2 b; A6,B6 D+ b; '
             'A7,B7 D- b; A8 SBU1 b; B8 SBU2 b; SH SHIELD p')
USB_C_POWER = pins('A1,A12,B1,B12 GND w; A4,A9,B4,B9 VBUS w; A5 CC1 b; B5 CC2 b; SH SHIELD p')
USB_ESD = pins('1,6 IO1 p; 3,4 IO2 p; 2 GND w; 5 VBUS w')

NE555 = pins('1 GND w; 2 TR i; 3 Q o; 4 R i; 5 CV i; 6 THR i; 7 DIS o; 8 VCC w')
LDO_SOT23_5 = pins('1 VIN w; 2 GND w; 3 EN i; 4 NC n; 5 VOUT W')
LDO_SOT223 = pins('1 GND w; 2 VO W; 3 VI w')
LIPO_CHARGER = pins('1 STAT o; 2 VSS w; 3 VBAT W; 4 VDD w; 5 PROG i')
SERIAL_FLASH = pins('1 CS i; 2 IO1 b; 3 IO2 b; 4 GND w; 5 IO0 b; 6 CLK i; 7 IO3 b; 8 VCC w')
CLIMATE_SENSOR = pins('1,7 GND w; 2 CSB i; 3 SDI b; 4 SCK i; 5 SDO b; 6 VDDIO w; 8 VDD w')
ACCELEROMETER = pins('1 VDD_IO w; 2,3 NC n; 4 SCL i; 5,12 GND w; 6 SDA b; 7 SDO b; 8 CS i; '
                     '9 INT2 o; 10 RES i; 11 INT1 o; 13 ADC3 i; 14 VDD w; 15 ADC2 i; 16 ADC1 i')
LORA_MODULE = pins('1,8,10 GND w; 2 MISO o; 3 MOSI i; 4 SCK i; 5 NSS i; 6 RESET i; 7 DIO5 b; '
                   '9 ANT p; 11 DIO3 b; 12 DIO4 b; 13 VDD w; 14 DIO0 b; 15 DIO1 b; 16 DIO2 b')
COAXIAL = pins('1 In p; 2 Ext p')

_RP2040_GPIO = {2: 0, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 6, 9: 7, 11: 8, 12: 9, 13: 10, 14: 11,
                15: 12, 16: 13, 17: 14, 18: 15, 27: 16, 28: 17, 29: 18, 30: 19, 31: 20, 32: 21,
                34: 22, 35: 23, 36: 24, 37: 25, 38: 26, 39: 27, 40: 28, 41: 29}
RP2040 = pins('1,10,22,33,42,49 IOVDD w; 19 TESTEN i; 20 XIN i; 21 XOUT o; 23,50 DVDD w; '
              '24 SWCLK i; 25 SWDIO b; 26 RUN i; 43 ADC_AVDD w; 44 VREG_VIN w; 45 VREG_VOUT W; '
              '46 USB_DM b; 47 USB_DP b; 48 USB_VDD w; 51 QSPI_SD3 b; 52 QSPI_SCLK o; '
              '53 QSPI_SD0 b; 54 QSPI_SD2 b; 55 QSPI_SD1 b; 56 QSPI_SS o; 57 GND w')
RP2040.update({str(pin): (f'GPIO{io}', 'bidirectional') for pin, io in _RP2040_GPIO.items()})

_STM32_PORTS = {
    2: 'PC13', 3: 'PC14', 4: 'PC15', 8: 'PC0', 9: 'PC1', 10: 'PC2', 11: 'PC3', 14: 'PA0',
    15: 'PA1', 16: 'PA2', 17: 'PA3', 20: 'PA4', 21: 'PA5', 22: 'PA6', 23: 'PA7', 24: 'PC4',
    25: 'PC5', 26: 'PB0', 27: 'PB1', 28: 'PB2', 29: 'PB10', 30: 'PB11', 33: 'PB12', 34: 'PB13',
    35: 'PB14', 36: 'PB15', 37: 'PC6', 38: 'PC7', 39: 'PC8', 40: 'PC9', 41: 'PA8', 42: 'PA9',
    43: 'PA10', 44: 'PA11', 45: 'PA12', 46: 'PA13', 49: 'PA14', 50: 'PA15', 51: 'PC10',
    52: 'PC11', 53: 'PC12', 54: 'PD2', 55: 'PB3', 56: 'PB4', 57: 'PB5', 58: 'PB6', 59: 'PB7',
    61: 'PB8', 62: 'PB9'}
STM32_64 = pins('1 VBAT w; 5 PH0 i; 6 PH1 o; 7 NRST b; 12 VSSA w; 13 VDDA w; 18,63 VSS w; '
                '19,32,48,64 VDD w; 31 VCAP_1 p; 47 VCAP_2 p; 60 BOOT0 i')
STM32_64.update({str(pin): (port, 'bidirectional') for pin, port in _STM32_PORTS.items()})

HALF_BRIDGE_DRIVER = pins('1 VDD w; 2 HB p; 3 HO o; 4 HS p; 5 HI i; 6 LI i; 7 VSS w; 8 LO o')
SENSE_AMPLIFIER = pins('1 OUT o; 2 GND w; 3 IN+ i; 4 IN- i; 5 VS w')
DUAL_BUFFER = pins('1 1A i; 2 GND w; 3 2A i; 4 2Y o; 5 VCC w; 6 1Y o')
BUCK_CONTROLLER = pins('1 BOOT p; 2 VIN w; 3 EN i; 4 SS p; 5 VSENSE i; 6 COMP p; 7 GND w; '
                       '8 PH W; 9 EP w')
CAN_TRANSCEIVER = pins('1 TXD i; 2 VSS w; 3 VDD w; 4 RXD o; 5 VIO w; 6 CANL b; 7 CANH b; 8 S i')
RS485_TRANSCEIVER = pins('1 RO o; 2 RE i; 3 DE i; 4 DI i; 5 GND w; 6 A b; 7 B b; 8 VCC w')
EEPROM = pins('1 A0 i; 2 A1 i; 3 A2 i; 4 GND w; 5 SDA b; 6 SCL i; 7 WP i; 8 VCC w')
SWD_10 = pins('1 VTref w; 2 SWDIO b; 3,5,9 GND w; 4 SWCLK o; 6 SWO i; 7 KEY n; 8 TDI n; '
              '10 RESET b')
